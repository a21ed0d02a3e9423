/** @odoo-module **/

import {Component, onWillUnmount, useEffect, xml} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** Milliseconds after which a form is reloaded, so that it is not all the time. */
const DELAY = 1000;

/**
 * Reloads the form of a backend, or of its runs and previews, while something goes on.
 * It has nothing to show itself. A form that is being edited is left alone until it is
 * saved or discarded.
 */
export class OcsLive extends Component {
    static template = xml``;
    static props = {...standardWidgetProps};

    setup() {
        this.live = useService("connector_ocs.live");
        this.timeout = null;
        // The record does not know of a text before its field is left
        this.isTyping = false;
        useBus(this.props.record.model.bus, "FIELD_IS_DIRTY", ({detail}) => {
            this.isTyping = detail;
        });
        useEffect(
            (backendId) => {
                if (backendId) {
                    return this.live.listen(backendId, () => this.reloadSoon());
                }
            },
            () => [this.backendId]
        );
        onWillUnmount(() => browser.clearTimeout(this.timeout));
    }

    get backendId() {
        const {record} = this.props;
        if (record.resModel === "ocs.backend") {
            return record.resId;
        }
        return record.data.backend_id && record.data.backend_id.id;
    }

    reloadSoon() {
        this.timeout ||= browser.setTimeout(() => {
            this.timeout = null;
            this.reload();
        }, DELAY);
    }

    async reload() {
        const {record} = this.props;
        if (record.dirty || this.isTyping) {
            this.reloadSoon();
            return;
        }
        try {
            await record.load();
        } catch {
            // It was deleted, or the server does not respond: the user has done
            // nothing that could fail, and finds out when they do something
        }
    }
}

registry.category("view_widgets").add("ocs_live", {component: OcsLive});
