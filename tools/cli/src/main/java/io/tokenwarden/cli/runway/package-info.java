/// What ends when.
package io.tokenwarden.cli.runway;
