/** @odoo-module **/

import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * Fields of an asset that imports do not overwrite, with their OCS values. Fields that
 * a user edited can be reset to the OCS value.
 */
export class OcsFieldDifferences extends Component {
    static template = "connector_ocs.FieldDifferences";
    static props = {...standardFieldProps};

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    /**
     * As any button of the form: save it first, reload it afterwards, and let nobody
     * click a button meanwhile.
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
    displayName: _t("Fields not overwritten by OCS"),
    supportedTypes: ["json"],
});
