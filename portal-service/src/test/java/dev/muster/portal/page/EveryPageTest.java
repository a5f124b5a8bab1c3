package dev.muster.portal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.Portal;
import dev.muster.portal.acting.ActingBrowserTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/// Compares what tests look at in a browser with the pages that there are.
class EveryPageTest {

    @Test
    void isLookedAtInABrowser() {
        var pages = Portal.shared().bean(RequestMappingHandlerMapping.class).getHandlerMethods().entrySet().stream()
                .filter(it -> isPage(it.getKey(), it.getValue()))
                .flatMap(it -> it.getKey().getPathPatternsCondition().getPatterns().stream())
                .sorted()
                .toList();
        var looked = Stream.concat(
                        BrowserTest.PAGES.stream(),
                        ActingBrowserTest.PAGES.values().stream().flatMap(List::stream))
                .map(it -> PathContainer.parsePath(it.replaceAll("\\?.*", "")))
                .flatMap(path -> pages.stream().filter(it -> it.matches(path)).limit(1)) // the most specific one
                .toList();

        assertThat(pages).hasSizeGreaterThan(25);
        assertThat(pages)
                .filteredOn(it -> !looked.contains(it))
                .extracting(PathPattern::getPatternString)
                .as("pages that no test of a browser looks at")
                .isEmpty();
    }

    private static boolean isPage(RequestMappingInfo mapping, HandlerMethod method) {
        return mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET)
                && method.getBeanType().isAnnotationPresent(Controller.class)
                && method.getBeanType().getPackageName().startsWith("dev.muster")
                && method.getMethod().getReturnType().equals(String.class)
                && !method.hasMethodAnnotation(ResponseBody.class);
    }
}
