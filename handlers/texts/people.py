"""How people are addressed."""

from records.model import Person, Role


def address(person: Person) -> str:
    """Committee members are comrades; liaisons are not assumed to be Party members."""
    return f"{person.name}同志" if Role.MEMBER in person.roles else person.name
