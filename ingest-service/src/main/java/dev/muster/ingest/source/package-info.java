/// Source definitions: how to trust a tool's deliveries and how to read facts out of them, as YAML with CEL
/// expressions.
///
/// Start reading at [dev.muster.ingest.source.SourceDefinition] and [dev.muster.ingest.source.Mapper].
@NullMarked
package dev.muster.ingest.source;

import org.jspecify.annotations.NullMarked;
