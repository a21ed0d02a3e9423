/** @odoo-module **/

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/**
 * What the server tells about imports: that something has changed on a backend, for the
 * forms that listen, and the result of a run, for whoever has to know it.
 */
export const liveService = {
    dependencies: ["action", "bus_service", "notification"],

    start(env, {action, bus_service: bus, notification}) {
        const listeners = new Map();

        /** Call what listens to a backend, as the server told that it has changed. */
        function tell({backend_id: backendId}) {
            for (const listener of [...(listeners.get(backendId) || [])]) {
                listener();
            }
        }

        function showNotice({run_id: runId, title, message, type}) {
            const close = notification.add(message, {
                title,
                type,
                sticky: type !== "success",
                buttons: [
                    {
                        name: _t("View run"),
                        onClick: () => {
                            close();
                            action.doAction({
                                type: "ir.actions.act_window",
                                res_model: "ocs.import.run",
                                res_id: runId,
                                views: [[false, "form"]],
                            });
                        },
                    },
                ],
            });
        }

        /**
         * Call a function whenever something has changed on a backend. Without a
         * connection to the bus it is never called.
         *
         * @param {Number} backendId
         * @param {Function} listener
         * @returns {Function} call it to stop listening
         */
        function listen(backendId, listener) {
            const channel = `connector_ocs.backend_${backendId}`;
            if (!listeners.has(backendId)) {
                listeners.set(backendId, new Set());
                bus.addChannel(channel);
            }
            const ofBackend = listeners.get(backendId).add(listener);
            return () => {
                ofBackend.delete(listener);
                if (!ofBackend.size && listeners.get(backendId) === ofBackend) {
                    listeners.delete(backendId);
                    bus.deleteChannel(channel);
                }
            };
        }

        bus.subscribe("connector_ocs.progress", tell);
        bus.subscribe("connector_ocs.notice", showNotice);
        return {listen, showNotice, tell};
    },
};

registry.category("services").add("connector_ocs.live", liveService);
