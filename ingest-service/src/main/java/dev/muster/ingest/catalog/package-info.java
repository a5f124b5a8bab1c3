/// `/v1/catalog`: Backstage descriptors in, entities with their claims out.
@NullMarked
package dev.muster.ingest.catalog;

import org.jspecify.annotations.NullMarked;
