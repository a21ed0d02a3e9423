Rules give a category, a company, a team, a technician, a location and an owner to the
assets of some computers, or leave computers out; *Which rules?* tells for any computer
which rule gave what.
