A preview shows, before an import, which assets it would create, link, change or archive,
value by value, and which computers need a decision. Automatic imports are switched on on
the backend, with an interval of their own.
*Not Imported* opens on what needs a person. Each reason says what it means and has its
remedy as a button, also for several computers at once. A computer that somebody has decided
on leaves the list at once, and says who decided what. Times in the chatter name the time
zone of the OCS server.
Each number of a run opens the computers that it counts, and the numbers add up to what
was scanned: new, linked, changed, unchanged, removed, left out and why, failed,
cancelled. *Jobs* opens finished jobs as well. The duration is in words, and unexpected
errors are sentences. *Computers* on a backend counts what it lists, without archived
assets.
The forms of a backend, of a run and of a preview move by themselves while something goes
on. Whoever started an import is told its result, wherever they are. If computers wait for
a decision, the backend shows how many, and the person in charge gets an activity.
A new backend guides through its first steps: the SQL for a user who may only read, what
was found in OCS, a preview and the first import, and automatic imports. A backend with
the database of another one is named before it imports anything. The settings have fewer
pages.
