/** @odoo-module **/

import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

/**
 * Fields of an asset that imports leave alone, beside what OCS says of them. Each one
 * that a person edited can be given back to OCS.
 */
export class OcsKeptFields extends Component {
    static template = "connector_ocs.KeptFields";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({isBusy: false});
    }

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    async giveBack(row) {
        const {record} = this.props;
        this.state.isBusy = true;
        try {
            if (await record.save()) {
                await this.orm.call(row.model, "action_give_back", [
                    [row.id],
                    [row.name],
                ]);
                await record.load();
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
