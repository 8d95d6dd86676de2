/// `tokenwarden demo`: the whole story of a token that dies, played on a running stack and watched
/// from outside.
///
/// A step counts only if it was observed: in the answers of the services, on the topics, or in the
/// call log of the Meta twin. [io.tokenwarden.cli.demo.Story] reads from top to bottom as the story
/// goes; [io.tokenwarden.cli.demo.Timeline] runs its steps and says how long each took;
/// [io.tokenwarden.cli.demo.Browser] plays the person's browser, [io.tokenwarden.cli.demo.Facts]
/// reads the topics, [io.tokenwarden.cli.demo.Product] and [io.tokenwarden.cli.demo.Twin] ask over
/// HTTP. Every run makes a new person with new ad accounts, so it can be told any number of times
/// on the same data.
///
/// Thread model: plain blocking code on one thread.
package io.tokenwarden.cli.demo;
