The wizard shows its SQL only to those who want to see it.
