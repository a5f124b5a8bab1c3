/// Who owns what is declared, and who may therefore change it.
@NullMarked
package dev.muster.ingest.owner;

import org.jspecify.annotations.NullMarked;
