package dev.muster.ingest.scim;

import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import java.util.Optional;

/// Carries the directory to the handlers. Who calls has been asked before.
final class DirectoryContext extends Context {

    private final Directory directory;

    DirectoryContext(Directory directory) {
        super(null);
        this.directory = directory;
    }

    static Directory directory(Context context) {
        return ((DirectoryContext) context).directory;
    }

    /// Where the resource can be read.
    static Optional<String> url(Context context, String id, String type) {
        return context.getCrossResourceReferenceUrl(id, type);
    }
}
