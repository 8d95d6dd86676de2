/// Looks for secrets wherever they must not be.
package io.tokenwarden.system.secrets;
