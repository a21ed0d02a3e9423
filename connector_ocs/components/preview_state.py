# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter

#: Fields of an asset that an import may change although they cannot belong to Odoo.
OTHER_FIELDS = ("active",)
#: Fields of a binding that tell users what OCS reports.
BINDING_FIELDS = ("ocs_serial", "ocs_tag")


class AssetStates:
    """Reader of what users see of assets, to compare it before and after an import.

    :param work: work context of ``ocs.computer.binding``
    """

    def __init__(self, work):
        self._reporter = work.component(usage="change.reporter")
        self._backend, self._lang = work.collection, work.collection.env.lang
        equipment = work.env["maintenance.equipment"]
        self._names = (*sorted(equipment._ocs_ownable_fields()), *OTHER_FIELDS)
        self._labels = {
            **self._field_labels(equipment, self._names),
            **self._field_labels(work.model, BINDING_FIELDS),
        }
        self._no = equipment._ocs_describe("active", False)

    def of(self, asset):
        """Return what users see of an asset.

        :param asset: maintenance.equipment, may be empty
        :return: dict {label: Counter of texts}, without empty ones
        """
        found = {}
        for label, text in self._texts(asset) if asset else ():
            if text:
                found.setdefault(label, Counter())[text] += 1
        return found

    def differences(self, before, after):
        """Return what differs between two states.

        :param before: what ``of`` returned before the import, empty for a new asset
        :param after: the same after it; None leaves everything as it is
        :return: list of [label, old text, new text], sorted by label
        """
        lines = []
        for label in sorted(before.keys() | after.keys()) if after else ():
            old, new = before.get(label, Counter()), after.get(label, Counter())
            lost, gained = (
                sorted((old - new).elements()),
                sorted((new - old).elements()),
            )
            if not before:  # what a new asset does not have, is no news
                gained = [text for text in gained if text != self._no]
            lines += self._pairs(label, lost, gained)
        return lines

    def _pairs(self, label, lost, gained):
        if len(lost) == len(gained) == 1:
            return [[label, lost[0], gained[0]]]
        return [[label, text, ""] for text in lost] + [
            [label, "", text] for text in gained
        ]

    def _texts(self, asset):
        asset = asset.with_context(lang=self._lang)
        for name in self._names:
            yield self._labels[name], self._text(asset, name)
        bindings = asset.with_context(active_test=False).ocs_bind_ids
        for binding in bindings.filtered(lambda each: each.backend_id == self._backend):
            for name in BINDING_FIELDS:
                yield self._labels[name], binding[name]
        labels = self._reporter.labels()
        for subject, items in self._reporter.items(asset).items():
            for item in items:
                yield labels[subject], item.label

    def _text(self, asset, name):
        value = asset[name]
        if asset._fields[name].relational:
            return ", ".join(value.mapped("display_name"))
        return asset._ocs_describe(name, asset._ocs_plain(name, value))

    def _field_labels(self, model, names):
        found = model.fields_get(names, ["string"])
        return {name: found[name]["string"] for name in names}
