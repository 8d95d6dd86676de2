/// What makes things happen in the twin's world: a JSON API under `/twin` for tests and the demo,
/// and a page at `/` for people. Neither ever shows the value of a token.
package io.tokenwarden.twin.control;
