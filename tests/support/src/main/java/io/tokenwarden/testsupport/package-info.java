/// What tests stand on: a clock that moves when told ([io.tokenwarden.testsupport.MutableClock]), a
/// real broker, database and issuer ([io.tokenwarden.testsupport.RealParts]), and the plain reading
/// and writing of topics ([io.tokenwarden.testsupport.TopicReader],
/// [io.tokenwarden.testsupport.TopicWriter]).
///
/// For the product as a whole there are a fleet of all its processes that can be harmed
/// ([io.tokenwarden.testsupport.fleet.Fleet]), people and callers to use it
/// ([io.tokenwarden.testsupport.Client]), and a checker of what may not be lost
/// ([io.tokenwarden.testsupport.check.Checker]).
///
/// The servers are started once per JVM and shared by all its test classes, so a test uses ids of
/// its own and never counts on an empty table or topic. Everything here blocks; call it from the
/// test's thread, never from an event loop.
package io.tokenwarden.testsupport;
