/// Attestations and exemptions: what stands in for evidence, and who said so.
@NullMarked
package dev.muster.portal.waiver;

import org.jspecify.annotations.NullMarked;
