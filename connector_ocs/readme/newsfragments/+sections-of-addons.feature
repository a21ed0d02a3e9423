Other addons can import more of OCS: sections of their own that are not chosen at first,
stored in another table in each schema, with texts looked up in other tables.
