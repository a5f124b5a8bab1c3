/// A yes or no for pipelines.
@NullMarked
package dev.muster.portal.gate;

import org.jspecify.annotations.NullMarked;
