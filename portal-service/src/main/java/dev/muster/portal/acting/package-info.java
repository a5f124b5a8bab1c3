/// What people do in the portal, asked of the services that decide about it, in their name.
@NullMarked
package dev.muster.portal.acting;

import org.jspecify.annotations.NullMarked;
