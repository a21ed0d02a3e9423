"""Mutants of a module: one function with one small change each."""

import ast
from typing import NamedTuple

from .operators import SWAPPED, SYMBOLS

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BLOCKS = ("body", "orelse", "finalbody")
#: Statements that can be removed on their own; without others, names are undefined.
REMOVABLE = (ast.AugAssign, ast.Delete, ast.Raise, ast.Break, ast.Continue)
#: Targets of assignments that can be removed.
PLACES = (ast.Attribute, ast.Subscript)
#: Names whose use makes a method refer to its class.
CLASS_NAMES = {"super", "__class__"}


class Mutant(NamedTuple):
    """A changed function."""

    #: qualified name, such as "OcsBinder.bind"
    function: str
    line: int
    #: text of the line
    source: str
    #: text, such as "== → !="
    mutation: str
    #: code object of the changed function
    code: object
    #: first line of the function, which tells apart those with one name
    start: int


def mutants(source, path="<source>"):
    """Yield the mutants of a module.

    :param source: text of the module
    :param path: file that tracebacks name
    """
    tree = ast.parse(source)
    owners, lines = _owners(tree), source.splitlines()
    for position, node in enumerate(ast.walk(tree)):
        owner = owners.get(id(node))
        for change in _changes(node) if owner else ():
            line = change.line or node.lineno
            code = _compile(source, path, position, change.alter, owner)
            text = lines[line - 1].strip()
            yield Mutant(owner.name, line, text, change.text, code, owner.start)


class Owner(NamedTuple):
    """A function of the module or of one of its classes."""

    name: str
    start: int


class Change(NamedTuple):
    """A change of a node."""

    text: str
    #: function of a node, which it changes
    alter: object
    line: int = 0


def _owners(tree):
    """Return the function that each node belongs to: {id of a node: Owner}.

    Decorators and defaults do not belong to it: they run when a module is imported.
    """
    return {
        id(node): owner
        for owner, function in _functions(tree)
        for node in _nodes_in(function)
    }


def _nodes_in(function):
    yield function
    for statement in function.body:
        yield from ast.walk(statement)


def _functions(node, prefix=""):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        elif isinstance(child, FUNCTIONS):
            start = min([child.lineno, *(each.lineno for each in child.decorator_list)])
            yield Owner(prefix + child.name, start), child


def _compile(source, path, position, alter, owner):
    """Return the code of a function after a change of the node at a position."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    functions = dict(_functions(tree))
    _keep_class(functions[owner])
    alter(nodes[position])
    whole = compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)
    return _find(whole, owner)


def _keep_class(function):
    """Keep the closure of a method, which a change may not alter."""
    names = (node.id for node in ast.walk(function) if isinstance(node, ast.Name))
    if CLASS_NAMES.intersection(names):
        function.body.append(ast.Expr(ast.Name("__class__", ast.Load())))


def _find(code, owner):
    for name in owner.name.split("."):
        found = [
            each for each in code.co_consts if getattr(each, "co_name", "") == name
        ]
        code = next(
            (each for each in found if each.co_firstlineno == owner.start), found[0]
        )
    return code


def _changes(node):
    """Yield the changes of a node."""
    for kind, changes in CHANGES.items():
        if isinstance(node, kind):
            yield from changes(node)
    for block in BLOCKS:
        if isinstance(statements := getattr(node, block, None), list):
            yield from _statements(block, statements)


def _comparison(node):
    for index, operator in enumerate(node.ops):
        yield from _swap(operator, lambda each, new, i=index: _put(each.ops, i, new))


def _operation(node):
    yield from _swap(node.op, lambda each, new: setattr(each, "op", new))


def _swap(operator, put):
    if other := SWAPPED.get(type(operator)):
        text = f"{SYMBOLS[type(operator)]} → {SYMBOLS[other]}"
        yield Change(text, lambda each: put(each, other()))


def _junction(node):
    """Swap the operator, or make an operand irrelevant."""
    yield from _operation(node)
    neutral = isinstance(node.op, ast.And)
    for index, value in enumerate(node.values):
        if isinstance(value, ast.Constant) and value.value is neutral:
            continue
        yield Change(
            f"{ast.unparse(value)} → {neutral}",
            lambda each, i=index: _put(each.values, i, ast.Constant(neutral)),
            value.lineno,
        )


def _negation(node):
    if isinstance(node.op, ast.Not):
        text = f"{ast.unparse(node)} → {ast.unparse(node.operand)}"
        yield Change(text, _negate_operand)


def _negate_operand(node):
    node.operand = ast.UnaryOp(ast.Not(), node.operand)


def _condition(node):
    # an endless loop only takes the time limit
    values = (False,) if isinstance(node, ast.While) else (True, False)
    for value in values:
        yield Change(
            f"if {ast.unparse(node.test)} → {value}",
            lambda each, v=value: setattr(each, "test", ast.Constant(v)),
            node.test.lineno,
        )


def _filter(node):
    for index, test in enumerate(node.ifs):
        for value in (True, False):
            yield Change(
                f"if {ast.unparse(test)} → {value}",
                lambda each, i=index, v=value: _put(each.ifs, i, ast.Constant(v)),
                test.lineno,
            )


def _return(node):
    if node.value and not isinstance(node.value, ast.Constant):
        text = f"return {ast.unparse(node.value)} → None"
        yield Change(text, lambda each: setattr(each, "value", ast.Constant(None)))


def _constant(node):
    if isinstance(node.value, bool):
        new = not node.value
    elif isinstance(node.value, int):
        new = node.value + 1
    else:
        return
    yield Change(f"{node.value} → {new}", lambda each: setattr(each, "value", new))


def _call(node):
    for index, keyword in enumerate(node.keywords):
        if keyword.arg:
            text = f"without {keyword.arg}={ast.unparse(keyword.value)}"
            alter = lambda each, i=index: each.keywords.pop(i)  # noqa: E731
            yield Change(text, alter, keyword.value.lineno)


def _statements(block, statements):
    """Remove statements, or swap two that follow each other."""
    for index, statement in enumerate(statements):
        following = statements[index + 1 : index + 2]
        if _is_effect(statement):
            yield Change(
                f"remove: {ast.unparse(statement)}",
                lambda each, i=index: _put(getattr(each, block), i, ast.Pass()),
                statement.lineno,
            )
        if following and _are_independent(statement, following[0]):
            yield Change(
                f"swap: {_first_line(statement)} ↔ {_first_line(following[0])}",
                lambda each, i=index: _exchange(getattr(each, block), i),
                statement.lineno,
            )


def _are_independent(one, other):
    """Return whether two statements may be in either order, as far as names go."""
    return all(_is_effect(each) or isinstance(each, ast.If) for each in (one, other))


def _first_line(statement):
    return ast.unparse(statement).partition("\n")[0]


def _is_effect(statement):
    if isinstance(statement, ast.Expr):
        return not isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Assign):
        return all(isinstance(each, PLACES) for each in statement.targets)
    if isinstance(statement, ast.Return):
        return statement.value is None
    return isinstance(statement, REMOVABLE)


def _put(items, index, value):
    items[index] = value


def _exchange(items, index):
    items[index : index + 2] = reversed(items[index : index + 2])


#: {kind of a node: function that yields its changes}
CHANGES = {
    ast.Compare: _comparison,
    ast.BoolOp: _junction,
    ast.BinOp: _operation,
    ast.AugAssign: _operation,
    ast.UnaryOp: _negation,
    (ast.If, ast.IfExp, ast.While): _condition,
    ast.comprehension: _filter,
    ast.Return: _return,
    ast.Constant: _constant,
    ast.Call: _call,
}
