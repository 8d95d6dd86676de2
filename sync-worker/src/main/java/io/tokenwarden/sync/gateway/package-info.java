/// Reading from Meta through graph-gateway: this service never sees a token.
package io.tokenwarden.sync.gateway;
