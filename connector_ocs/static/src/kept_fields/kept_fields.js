/** @odoo-module **/

import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * Fields of an asset that imports leave alone, beside what OCS says of them. Each one
 * that a person edited can be given back to OCS.
 */
export class OcsKeptFields extends Component {
    static template = "connector_ocs.KeptFields";
    static props = {...standardFieldProps};

    setup() {
        this.state = useState({isBusy: false});
    }

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    async giveBack(row) {
        const {record} = this.props;
        // Not useService: the form may replace this component before it is done
        const {orm} = this.env.services;
        this.state.isBusy = true;
        try {
            if (await record.save()) {
                await orm.call(row.model, "action_give_back", [
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

registry.category("fields").add("ocs_kept_fields", {
    component: OcsKeptFields,
    displayName: _t("Fields that OCS does not overwrite"),
    supportedTypes: ["json"],
});
