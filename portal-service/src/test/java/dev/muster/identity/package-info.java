/// An identity provider of others, outside of what the portal scans.
@NullMarked
package dev.muster.identity;

import org.jspecify.annotations.NullMarked;
