/// What must be true after whatever happened: no event lost, no effect twice, all services in the
/// state the topics imply, no schedule running through a dead connection, nothing stuck, no
/// account-day missing.
///
/// A [io.tokenwarden.testsupport.check.Checker] replays the topics from their beginning
/// ([io.tokenwarden.testsupport.check.Recording]) and compares them with the tables of all
/// services. It asks nobody who could be wrong himself.
package io.tokenwarden.testsupport.check;
