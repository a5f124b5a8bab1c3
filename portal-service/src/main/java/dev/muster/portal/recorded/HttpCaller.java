package dev.muster.portal.recorded;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ResponseFacade;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.util.WebUtils;

/// A caller at the other end of a connection.
///
/// A server learns that a client is gone only by writing to it, and the status must stay open until the end. So it is
/// told 103 Early Hints (RFC 8297) with no hints, which every client has to pass over; Tomcat remembers on the request
/// when that fails. Clients of HTTP/1.0 know no such answers and are waited for.
public final class HttpCaller implements Caller {

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    public HttpCaller(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    @Override
    public void check() throws IOException {
        var tomcat = WebUtils.getNativeResponse(response, ResponseFacade.class);
        if (tomcat == null || request.getProtocol().equals("HTTP/1.0")) {
            return;
        }
        tomcat.sendEarlyHints();
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof IOException gone) {
            throw new AsyncRequestNotUsableException("the caller went away", gone);
        }
    }
}
