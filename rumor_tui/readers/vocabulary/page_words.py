"""Words and phrases that web pages print around comments, as data: verbs of saying, buttons, headings.

All of them are case-folded. They come from blog, forum and news software, in the languages into which it is translated
most often; no table here belongs to one site. Entries are separated by bars.
"""

from __future__ import annotations


def split_table(text: str) -> tuple[str, ...]:
    """The entries of a table, in order, without duplicates."""
    return tuple(dict.fromkeys(entry.strip() for entry in text.replace("\n", "|").split("|") if entry.strip()))


CLOCK_WORDS = (
    *split_table(
        """
at|um|a las|a la|à|alle|alle ore|ore|às|as|om|kl|kl.|o|в|klo|@|-|–|—|·|•|,|t|saat|godz.|o godz.
"""
    ),
    "|",
)
"""What comes between a day and a time."""

SAYS = split_table(
    """
says|said|wrote|writes|commented|comments|replied|responded|posted|answered|asked|sagt|sagte|schrieb|schreibt
meint|meinte|kommentierte|antwortete|hat geschrieben|dit|a dit|écrit|a écrit|a commenté|répond|a répondu|dice
dijo|escribió|escribe|comentó|respondió|ha detto|ha scritto|scrive|scrisse|ha commentato|diz|disse|escreveu
comentou|zegt|zei|schreef|pisze|napisał|napisała|napisał(a)|mówi|säger|skrev|skriver|sier|siger|sanoo|kirjoitti
пишет|написал|написала|написал(а)|говорит|сказал|ответил|diyor|diyor ki|dedi ki|yazdı
說|說道|说|说道|寫道|提到|表示|より|گفت
نوشته است|يقول|قال|a spus|spune|mondta|írta|napsal|napsal(a)|říká|kommenterar|wrote on
"""
)
"""Verbs after a name in a byline."""

BY = split_table(
    """
by|posted by|post by|submitted by|comment by|written by|reply by|from|author|von|geschrieben von|kommentar von
verfasst von|par|posté par|publié par|écrit par|por|publicado por|enviado por|escrito por|di|inviato da
scritto da|postado por|door|av|af|via|przez|autor|napisane przez|автор|от|投稿者|作者|發表者|发表者
"""
)
"""Words before a name in a byline."""

NAME_LABELS = split_table(
    """
name|nom|nombre|nome|naam|navn|namn|nimi|imię|jméno|имя|お名前|名前|姓名|ім'я|név|isim|user|username|user name
benutzer|benutzername|usuario|utilisateur|utente|nick|nickname|pseudo|poster|writer|autore|auteur|auteure|verfasser
"""
)
"""Labels of the field with a name, which a colon follows."""

DATE_LABELS = split_table("date|datum|fecha|data|dato|päiväys|dátum|dată|дата|日付|日期|날짜|tarih|posted|written")
"""Labels of the field with a date."""

TEXT_LABELS = split_table(
    """
message|comment|text|entry|nachricht|kommentar|eintrag|beitrag|mensaje|comentario|mensagem|comentário|messaggio|commento
commentaire|bericht|reactie|meddelande|inlägg|wiadomość|komentarz|сообщение|комментарий|メッセージ|コメント|内容|留言
"""
)
"""Labels of the field with the text, which a colon follows."""

PREPOSITIONS = (
    *split_table(
        """
on|am|le|el|il|em|op|den|dnia|於|于|·|•|»|-|–|—|,|/|:|(|[|›|→|@|at|um|the|in
"""
    ),
    "|",
)
"""What comes between a name and a date."""

ACTS = split_table(
    """
posted|written|gepostet|publié|publicado|answered|asked|commented|replied|edited|updated|modified|created|added
wrote|posted on|said|level|verfasst|geschrieben
"""
)
"""What was done at a date."""

QUOTE_STARTS = split_table(
    """
quote from|quote:|quoting|quoted|zitat von|zitat:|zitat|citation de|citation :|citation|cita de|cita:
iniciado por|citazione di|citazione|citat|cytat|цитата|citação|originally posted by|ursprünglich geschrieben von
quote originally posted by|quote|نقل قول|alıntı
"""
)
"""Beginnings of the line above a quotation."""

REPLY_TO = split_table(
    """
in reply to|replying to|reply to|in response to|als antwort auf|antwort auf|en réponse à
en réponse au message de|en respuesta a|em resposta a|in risposta a|als reactie op|w odpowiedzi na|som svar på
в ответ на|ответ на|odpověď na
"""
)
"""Beginnings of a line that names the person who is answered."""

BUTTONS = split_table(
    """
improve this question|reset to default|improve this answer|add a comment|show 1 more comment|show more comments
retag|merge|follow this question|reply|replies|post reply|add reply
new reply|skip to content|skip to main content|skip to navigation|jump to content|jump to navigation
toggle navigation|main menu|main navigation|forgot your password?|forgot password|forgot password?|search
advanced search|quick links|advertisement|remember me|cookie settings|accept cookies
learn more|ask question|back|breadcrumb
you are not logged in.|reply to this|reply to this comment|reply to this thread|reply with quote|reply quote
quote|multi quote|multiquote|multi-quote|reply to|respond|answer|answers|add a reply|view reply
show replies|hide replies|load more|load more comments|load more replies|show more|show less|read more|more|less
see more|expand|collapse|click to expand|click to expand...|view more|continue this thread|last reply|1 reply
like|likes|liked|unlike|dislike|love|upvote|upvoted|downvote|downvoted|vote|votes|vote up|vote down|up vote
down vote|thumb up|thumbs up|thumbs down|helpful|not helpful|like this|like loading|points|point|reactions
thanks|thank|share|share this|share on facebook|share on twitter|share on x|share via email|share on linkedin
share to facebook|share to x|share to twitter|share to pinterest|email this|blogthis!|blog this|shares|tweet|pin
pin it|facebook|twitter|linkedin|reddit|whatsapp|telegram|pinterest|tumblr|google|google+|email|e-mail|print
copy link|copy|link|permalink|permanent link|perma link|direct link|bookmark|save|hide|follow|unfollow|subscribe
give award|award|embed|report|report this|report abuse|report comment|report post|report spam|flag
flag as inappropriate|flag this|flag offensive|offensive|inappropriate|spam|edit|edited|delete|remove|close
block|ban|view profile|view forum posts|view posts|view articles|visit homepage|visit website|view all posts
moderate|approve|find|find reply|top|bottom|back to top|go to top|up|down|offline|online|logged|website|homepage
www|journal|profile|dm|private message|send message|message|user avatar|avatar|gravatar|profile picture|op
topic author|thread starter|original poster|author|author of the thread|new|solved|solution|verified|moderator
staff|parent|root|next|prev|previous|context|full comments|favorite|toggle|menu|options|actions|action
user actions|post options|comment actions|log in to reply|login to reply|log in or register to post comments
sign in to reply|log in to leave a comment|log in|login|sign in|sign up|register|antworten|antwort|beantworten
löschen|zitieren|zitat|melden|gefällt mir|teilen|bearbeiten|kommentieren|empfehlen|mehr|weiterlesen|nach oben
kommentar melden|beitrag melden|auf kommentar antworten|direktlink|drucken|merken|folgen|anmelden|registrieren
themenstarter|gast|répondre|répondre à ce message|citer|signaler|signaler un abus|signaler ce commentaire|j’aime
j'aime|partager|supprimer|modifier|voir plus|lire la suite|haut|haut de page|alerter|recommander|responder
contestar|citar|denunciar|reportar|me gusta|no me gusta|compartir|compartilhar|eliminar|borrar|editar|excluir
apagar|curtir|gostei|leer más|ver más|arriba|enlace permanente|enlace|rispondi|rispondere|cita|segnala|mi piace
condividi|elimina|modifica|cancella|reageer|beantwoorden|reageren|antwoord|citeer|delen|verwijderen|odpowiedz
cytuj|zgłoś|usuń|lubię to|svara|svar|citera|anmäl|radera|gilla|dela|vastaa|odpovědět|válasz|răspunde|cevapla
yanıtla|alıntı|ответить|цитировать|пожаловаться|удалить|нравится|поделиться|відповісти|цитата|回覆|回复|回應|留言|引用|檢舉
举报|刪除|删除|讚|赞|分享|推|返信|返信する|削除|通報|いいね|답글|답글쓰기|신고|삭제|공유|رد|پاسخ|نقل قول|گزارش
"""
)
"""Buttons around a post, and other labels of its template."""

COMMENT_WORDS = split_table(
    """
comments|comment|responses|response|replies|reply|answers|answer|kommentare|kommentar|kommentaren|antworten
antwort|commentaires|commentaire|réponses|réponse|comentarios|comentario|respuestas|respuesta|comentários
comentário|respostas|resposta|commenti|commento|risposte|risposta|reacties|reactie|komentarze|komentarzy
komentarz|odpowiedzi|kommentarer|svar|kommenttia|kommentit|комментарии|комментариев|комментария|комментарий
ответов|ответы|ответ|відповіді|коментарі|коментарів|yorum|yorumlar|留言列表|留言|評論|评论|回覆|回复|则回复|則回應|則留言|条评论
コメント|件のコメント|댓글|نظرات|نظر|دیدگاه|تعليقات|hozzászólás|hozzászólások|komentáře|comentarii
"""
)
"""What pages call comments and answers, and count as such."""

DISCUSSION_WORDS = split_table(
    """
discussion|discussions|diskussion|diskussionen|discusión|discussão|discussione|discussie|dyskusja|обсуждение|讨论
討論|토론
"""
)
"""What pages call all of them together."""

COMMENT_NOUNS = (
    *COMMENT_WORDS,
    *DISCUSSION_WORDS,
    *split_table(
        """
thoughts|thought|ergänzungen|leserkommentare|reaktionen|leserbriefe|meinungen|beiträge|réactions|messages|opiniones
conversation|reader comments|user comments|join the conversation|forum
"""
    ),
)
"""What headings call the posts below them."""

BOARD_NOUNS = split_table(
    """
guestbook|guest book|guest-book|visitors' book|visitors’ book|visitor's book|visitor’s book|gästebuch|gaestebuch
livre d'or|livre d’or|libro de visitas|libro de firmas|libro degli ospiti|libro dei visitatori|livro de visitas
gastenboek|gæstebog|gästbok|gjestebok|gestabók|vieraskirja|księga gości|kniha hostí|kniha návštěv|návštěvní kniha
vendégkönyv|ziyaretçi defteri|гостевая|гостевая книга|гостьова книга|cartea de oaspeți|llibre de visites|留言板|留言簿
ゲストブック|掲示板|방명록|게시판
forum|foro|fórum|форум|φόρουμ|message board|bulletin board|notice board|schwarzes brett|pinnwand
tablón|bacheca|prikbord|opslagstavle|anslagstavla|nástěnka|mailing list|newsgroup|mailingliste|condolences
kondolenzbuch
"""
)
"""What pages are called on which visitors write."""

ANSWER_LABELS = split_table(
    """
reply|antworten|répondre|responder|rispondi|odpowiedz|ответить|回覆|回复|返信|答复|reageren|beantwoorden|svara|svar|vastaa
yanıtla|cevapla|quote|zitieren|citer|citar|cita|cytuj|引用|balas|répliquer|odpovědět|válasz|پاسخ|رد|답글
"""
)
"""The first words of labels to answer a comment."""

ACTION_LABELS = split_table(
    """
répond|permalink|link|report|melden|signaler|denunciar|segnala|share|parent|context|antwort|تعليق|ตอบกลับ|답글쓰기|trả
"""
)
"""The first words of labels of what else can be done with a comment."""

PAGE_BUTTONS = split_table(
    """
was this helpful?|helpful?|yes|no|ответ|спасибо|liken|hilfreich
"""
)
"""Buttons that are told from words of a text only where they are elements of a page."""

HEADING_LEADS = split_table(
    """
your|our|all|the|reader|readers|reader’s|reader's|user|users|visitor|latest|top|alle|die|ihre|eure|leser|neueste
vos|les|nos|tous|los|las|tus|sus|todos|os|seus|i|gli|tutti|vostri|de|alla|все|ваши|no|keine|aucun|sin
"""
)
"""Words that may come before such a noun in a heading."""

FORM_STARTS = split_table(
    """
leave a comment|leave a reply|leave a response|add comment|add your comment|post a comment|post comment
post new comment|write a comment|submit a comment|cancel reply|your answer|your comment
your email address will not be published|post your answer|speak your mind|join the discussion
this site uses akismet|know someone who can answer|comments are closed|you must be logged in|you must log in
please log in|log in to comment|similar threads|related content|related posts|related articles|more from
more posts from|you may also like|about the author|about this site|primary sidebar
not the answer you're looking for|return to|jump to|users browsing this|users reading this|who is online
who's online|posting permissions|quick reply|mark all as read|information|subscribe to comments|older comments
newer comments|previous post|next post|topic tags|share this|recent posts|recent comments|trackbacks|trackback
pingbacks|schreibe einen kommentar|hinterlasse eine antwort|hinterlasse einen kommentar|kommentar schreiben
kommentar hinterlassen|kommentar hinzufügen|kommentar verfassen|kommentar abgeben|antwort abbrechen
antworten abbrechen|antwort hinterlassen|neuen kommentar|deine e-mail-adresse wird nicht
ihre e-mail-adresse wird nicht|abonnieren kommentare|weitere laden|verwandte artikel|ähnliche beiträge
ähnliche artikel|mehr zum thema|das könnte sie auch interessieren|die kommentarfunktion ist
sie müssen angemeldet sein|laisser un commentaire|laissez un commentaire|ajouter un commentaire
poster un commentaire|votre adresse e-mail ne sera|répondre à cet article|annuler la réponse|articles similaires
à lire aussi|sur le même sujet|modération a priori|qui êtes-vous|votre message|deja un comentario
deja una respuesta|dejar un comentario|cancelar respuesta|cancelar la respuesta
tu dirección de correo electrónico no será|artículos relacionados|entradas relacionadas|haga un comentario
deixe um comentário|deixe uma resposta|o seu endereço de e-mail não será|cancelar resposta|lascia un commento
lascia una risposta|il tuo indirizzo email non sarà|annulla risposta|articoli correlati|geef een reactie
reactie annuleren|dodaj komentarz|zostaw komentarz|anuluj pisanie odpowiedzi|lämna ett svar|lämna en kommentar
legg igjen en kommentar|skriv et svar|добавить комментарий|оставить комментарий|отменить ответ|bir cevap yazın
發表留言|發佈留言|发表评论|您尚未登入|發表迴響|コメントを残す|コメントを投稿|댓글 남기기|نظر بدهید|ارسال دیدگاه
"""
)
"""Beginnings of lines after a discussion: forms, rules, other articles."""

FACTS = split_table(
    """
posts|reactions|joined|join date|location|registered|threads|topics|reputation|messages|message|likes
likes received|liked|karma|points|from|gender|age|reaction score|thanks|thanked|member since|rank|real name
occupation|interests|country|city|state|locale|solutions|trophy points|best answers|level|credits|groups|group
status|offline|online|logged|activity|merit|posts liked|my mood|feedback|blog entries|rep power|last seen
references|years of experience|beiträge|registriert|registriert seit|mitglied seit|ort|wohnort|dabei seit|themen
bewertung|danksagungen|bedankt|geschlecht|alter|punkte|reaktionen|inscription|inscrit|inscrit le|localisation
sujets|réputation|sexe|âge|mensajes|registrado|ubicación|temas|ingresado|desde|fecha de ingreso|mensagens
registado|cadastrado|data de registo|localização|messaggi|iscritto|iscritto il|località|data registrazione
berichten|geregistreerd|lid geworden op|locatie|posty|dołączył|dołączyła|skąd|rejestracja|lokalizacja|inlägg
blev medlem|сообщения|сообщений|зарегистрирован|откуда|регистрация|репутация|благодарностей|ارسال|پستها
تاریخ عضویت|نوشته ها|محل سکونت|نوشته|تشکر
"""
)
"""Facts about an author in forum software, before a colon or a number."""

EDITED = split_table(
    """
last edited|last modified|edited by|edited on|edited at|this post was edited|this post was last|edited
zuletzt bearbeitet|zuletzt geändert|geändert von|bearbeitet von|dernière édition|dernière modification|édité par
modifié par|última edición|editado por|editado pela última vez|última modificación|modificato da|ultima modifica
laatst bewerkt|laatst gewijzigd|ostatnio edytowany|senast redigerad|sist redigert|последнее редактирование
изменено|отредактировано|最後編輯|最后编辑|ویرایش توسط|آخرین ویرایش
"""
)
"""Beginnings of an edit note."""

STATUS = split_table(
    """
is offline|is online|offline|online|ist offline|ist online|est déconnecté|est en ligne
"""
)
"""Whether an author is online."""

LEVELS = split_table(
    """
level|ebene|niveau|nivel|depth
"""
)
"""Words before a nesting depth."""

DISCUSSION_HEADINGS = split_table(
    """
diskuse|diskuze|příspěvky|keskustelu|debat|debatt|tartışma|συζήτηση|σχόλια|tráchtaí|kommentaarid|komentari
komentarai|komentāri|příspěvek|mielipiteet|reactions|respostes|comentaris|意見|ご意見|感想
"""
)
"""Further headings of comments, in languages with few of the other tables' words."""

ELSEWHERE = split_table(
    """
recent|latest|newest|neueste|neuste|letzte|derniers|dernières|últimos|últimas|ultimi|ultime|laatste|ostatnie|senaste
последние|on|by|about
"""
)
"""Words in the headings of what was said on other pages."""

ONE = split_table(
    """
one|a|ein|eine|einen|un|une|una|uno|um|uma|één|een|en|ett|et|jeden|jedna|один|одна
"""
)
"""What headings write for the number 1."""
