Administrative data of OCS other than the TAG is imported by *connector_ocs_account*.
