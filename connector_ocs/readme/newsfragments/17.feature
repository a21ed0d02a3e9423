A preview shows, before an import, which assets it would create, link, change or archive,
value by value, and which computers need a decision. Automatic imports are switched on on
the backend, with an interval of their own.
