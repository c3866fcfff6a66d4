from api import offline


def test_the_offline_edition_is_a_file_to_save(client, dataset, monkeypatch):
    text = "<!DOCTYPE html>" + "a" * 100
    made = []
    monkeypatch.setattr(offline, "offline_page", lambda it: made.append(it) or text.encode())
    offline._made.cache_clear()
    response = client.get("/offline", headers={"Accept-Encoding": "br"})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert response.headers["content-encoding"] == "br"
    name = f'attachment; filename="tomsk-atlas-{dataset.release}.html"'
    assert response.headers["content-disposition"] == name
    assert "sandbox" in response.headers["content-security-policy"]
    assert response.text == text
    again = client.get("/offline", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert made == [dataset]
    offline._made.cache_clear()
