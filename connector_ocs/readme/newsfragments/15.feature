Administrative data of OCS other than the TAG is imported by *connector_ocs_account*.
Hardware, components and monitors are now the addon *Maintenance Equipment Hardware*,
which does not need OCS. Their lists are in *Maintenance > Hardware*.
Rules, and the owner from the OCS user, are now the addon *Connector OCS Inventory -
Rules*.
Duplicates and merges are now the addon *Connector OCS Inventory - Merge*.
