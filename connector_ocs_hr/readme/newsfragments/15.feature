The addon now extends *Connector OCS Inventory - Rules*.
