A new backend guides through its first steps: the SQL for a user who may only read, what
was found in OCS, a preview and the first import, and automatic imports. A backend with
the database of another one is named before it imports anything. The settings have fewer
pages.
