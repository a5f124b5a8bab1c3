package dev.muster.portal.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.reference.ApiReference.Answer;
import dev.muster.portal.reference.ApiReference.Call;
import dev.muster.portal.reference.ApiReference.Field;
import dev.muster.portal.reference.ApiReference.Parameter;
import dev.muster.portal.reference.ApiReference.Section;
import dev.muster.portal.reference.ApiReference.Type;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ApiReferenceTest {

    private static final ApiReference API = ApiReference.of(JsonMapper.shared().readTree("""
            {"info":{"title":"T","description":"D"},
             "paths":{
              "/b/{ref}":{"get":{"tags":["Zebras"],"summary":"S","parameters":[
                {"name":"ref","in":"path","required":true,"schema":{"type":"string"},"example":"x"},
                {"name":"show","in":"query","schema":{"type":"string","enum":["open","all"]},"description":"which"}],
               "responses":{"200":{"description":"OK","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Zebra"}}}},
                            "404":{"description":"none"}}}},
              "/a":{"post":{"tags":["Apes"],"requestBody":{"content":{"text/yaml":{"schema":{"type":"string"}}}}}}},
             "components":{"schemas":{"Zebra":{"required":["at"],"properties":{
               "at":{"type":"string","format":"date-time"},
               "until":{"type":["string","null"],"format":"date-time"},
               "foals":{"type":"array","items":{"$ref":"#/components/schemas/Zebra"}},
               "mother":{"oneOf":[{"$ref":"#/components/schemas/Zebra"},{"type":"null"}]},
               "stripes":{"type":"object","additionalProperties":{"type":"integer"}},
               "any":{}}}}}}"""));

    @Test
    void sortsCallsByTheirTag() {
        assertThat(API.title() + API.description()).isEqualTo("TD");
        assertThat(API.sections()).extracting(Section::name).containsExactly("Apes", "Zebras");
        assertThat(API.sections())
                .flatExtracting(Section::calls)
                .extracting(Call::id)
                .containsExactly("post-a", "get-b-ref-");
    }

    @Test
    void saysWhatACallTakesAndGives() {
        var call = API.sections().getLast().calls().getFirst();

        assertThat(call.parameters())
                .containsExactly(
                        new Parameter("ref", "path", true, new Type("string", null), null, "x"),
                        new Parameter("show", "query", false, new Type("one of open, all", null), "which", null));
        assertThat(call.states()).isEqualTo("200, 404");
        assertThat(call.answers().getFirst().bodies())
                .singleElement()
                .satisfies(it -> assertThat(it.type()).isEqualTo(new Type("Zebra", "Zebra")));
        assertThat(call.answers()).extracting(Answer::description).containsExactly("OK", "none");
        assertThat(API.sections().getFirst().calls().getFirst().bodies())
                .singleElement()
                .satisfies(it -> assertThat(it.mediaType()).isEqualTo("text/yaml"));
    }

    @Test
    void saysWhatAFieldIsAndWhetherItIsAlwaysThere() {
        assertThat(API.shapes())
                .singleElement()
                .satisfies(it -> assertThat(it.fields())
                        .containsExactly(
                                new Field("at", true, new Type("instant", null), null),
                                new Field("until", false, new Type("instant or null", null), null),
                                new Field("foals", false, new Type("list of Zebra", "Zebra"), null),
                                new Field("mother", false, new Type("Zebra or null", "Zebra"), null),
                                new Field("stripes", false, new Type("map to integer", null), null),
                                new Field("any", false, new Type("anything", null), null)));
    }
}
