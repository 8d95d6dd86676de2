/// What ends when: the clocks of all living connections, the nearest first, and what keeps each
/// from running out.
package io.tokenwarden.refresher.runway;
