/// Makes those files of `deploy/` that follow from the code: the Kafka topics, from the table in
/// `contracts`. Everything else in `deploy/` is written by hand and checked by the tests here.
package io.tokenwarden.deploy;
