/// How connections end, whoever ends them.
package io.tokenwarden.auth.ending;
