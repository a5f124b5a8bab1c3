package dev.muster.acceptance;

/// One webhook call of GitHub.
///
/// @param event value of `X-GitHub-Event`
/// @param id value of `X-GitHub-Delivery`
/// @param body as it goes over the wire
record Delivery(String event, String id, String body) {

    /// @param id a short name, which is unique within a run
    static Delivery of(String event, String id, String body) {
        return new Delivery(event, id.replace('/', '-'), body);
    }
}
