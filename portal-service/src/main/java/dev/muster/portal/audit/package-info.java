/// Who did what, when and from where.
@NullMarked
package dev.muster.portal.audit;

import org.jspecify.annotations.NullMarked;
