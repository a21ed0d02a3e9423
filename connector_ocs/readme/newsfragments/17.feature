The forms of a backend, of a run and of a preview move by themselves while something goes
on. Whoever started an import is told its result, wherever they are. If computers wait for
a decision, the backend shows how many, and the person in charge gets an activity.
