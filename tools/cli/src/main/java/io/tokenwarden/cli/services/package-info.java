/// The services of the running stack, as commands ask them.
package io.tokenwarden.cli.services;
