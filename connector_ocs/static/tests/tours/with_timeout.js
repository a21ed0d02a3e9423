/** @odoo-module **/

/**
 * Set the longest timeout for each step, so that tours do not fail on slow machines.
 *
 * @param {Object[]} steps steps of a tour
 * @returns {Object[]}
 */
export function withTimeout(steps) {
    return steps.map((step) => ({timeout: 60000, ...step}));
}
