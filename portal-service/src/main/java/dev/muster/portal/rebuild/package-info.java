/// Makes the read model anew from the topics, beside the one that people read.
@NullMarked
package dev.muster.portal.rebuild;

import org.jspecify.annotations.NullMarked;
