New computers are linked to the assets that are there already, by keys whose order the
administrator chooses. What is not clear is listed with its candidates: a person links
it, has a new asset created, or ignores it. Every link says why it was made. OCS's own
lists of placeholders are used, and a serial number that several live computers report
is nobody's.
