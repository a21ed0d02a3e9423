/** @odoo-module **/

import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * Fields of an asset that imports leave alone, beside what OCS says of them. Each one
 * that a person edited can be given back to OCS.
 */
export class OcsFieldDifferences extends Component {
    static template = "connector_ocs.FieldDifferences";
    static props = {...standardFieldProps};

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    /**
     * As a button of the form does it: saved first, loaded anew afterwards, and no
     * button can be clicked meanwhile.
     */
    resetToOcs(row) {
        return this.env.onClickViewButton({
            clickParams: {
                type: "object",
                name: "action_reset_to_ocs",
                args: JSON.stringify([[row.name]]),
            },
            getResParams: () => ({resModel: row.model, resId: row.id}),
        });
    }
}

registry.category("fields").add("ocs_field_differences", {
    component: OcsFieldDifferences,
    displayName: _t("Fields that OCS does not overwrite"),
    supportedTypes: ["json"],
});
