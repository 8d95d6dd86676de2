/// The stack under test, and a browser and clients to use it as people and services do.
package io.tokenwarden.system.stack;
