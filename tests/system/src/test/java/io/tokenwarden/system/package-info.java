/// The product as its users have it: the packaged services, started by the command line, asked from
/// outside. One stack serves all tests of a run ([io.tokenwarden.system.stack.RunningStack]).
package io.tokenwarden.system;
