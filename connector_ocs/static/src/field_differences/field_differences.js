/** @odoo-module **/

import {Component, useState} from "@odoo/owl";
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

    setup() {
        this.state = useState({isBusy: false});
    }

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    async resetToOcs(row) {
        const {record} = this.props;
        // Not useService: the form may destroy this component before the calls end
        const {orm} = this.env.services;
        this.state.isBusy = true;
        try {
            if (await record.save()) {
                await orm.call(row.model, "action_reset_to_ocs", [
                    [row.id],
                    [row.name],
                ]);
                await record.model.root.load();
            }
        } finally {
            this.state.isBusy = false;
        }
    }
}

registry.category("fields").add("ocs_field_differences", {
    component: OcsFieldDifferences,
    displayName: _t("Fields not overwritten by OCS"),
    supportedTypes: ["json"],
});
