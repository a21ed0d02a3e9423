No asset ever becomes another machine: what OCS reports under an ID is compared with what
is known of its computer, and everything that identifies machines is weighed. One run
settles everything, and an unchanged inventory imports nothing.
