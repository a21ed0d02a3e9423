A backend may have a job channel of its own, so that a slow OCS server does not hold up
the others. Jobs of a backend that was deleted end with a sentence.
