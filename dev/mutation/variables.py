"""Environment variables with which the command calls the plugin of pytest."""

#: Files to change, relative to the repository.
FILES = "OCS_MUTANTS_FILES"
#: File of the result.
RESULT = "OCS_MUTANTS_RESULT"
