/// The story under fire: processes killed and frozen, links cut, rows locked, while people connect,
/// lose their tokens and come back. What may not be lost or happen twice, the topics and the tables
/// of all services tell afterwards.
package io.tokenwarden.fire;
