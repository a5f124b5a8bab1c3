package dev.muster.portal.page;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/// Gives every template its words. As a part of the model, because templates may not name beans where they make
/// attributes.
@ControllerAdvice(annotations = Controller.class)
class WordsForTemplates {

    private final Words words;

    WordsForTemplates(Words words) {
        this.words = words;
    }

    @ModelAttribute("words")
    Words words() {
        return words;
    }
}
