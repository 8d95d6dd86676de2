/// What comes in from outside and is not as it should be: Meta on its bad days, callers who ask for
/// what they may not have or in words nobody understands, and services whose world is away.
package io.tokenwarden.system.input;
