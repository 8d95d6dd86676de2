/// What shall go wrong on purpose. Rules live in memory alone: after a restart Meta is well again.
package io.tokenwarden.twin.faults;
